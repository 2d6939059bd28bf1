package finmicro.items.attribute.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An industry, identified by a code of four digits. */
@Entity
@Table(name = "industries")
public class Industry {

    @Id
    @Column(name = "industry_code")
    private String code;

    @Column(name = "industry_name")
    private String name;

    protected Industry() {}

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }
}
