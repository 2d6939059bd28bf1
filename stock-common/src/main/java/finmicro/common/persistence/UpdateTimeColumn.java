package finmicro.common.persistence;

import finmicro.common.time.JapanTime;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.OffsetDateTime;

/** Stores an update time as VARCHAR(50), RFC 3339. */
@Converter(autoApply = true)
public class UpdateTimeColumn implements AttributeConverter<OffsetDateTime, String> {

    @Override
    public String convertToDatabaseColumn(OffsetDateTime value) {
        return value == null ? null : JapanTime.text(value);
    }

    @Override
    public OffsetDateTime convertToEntityAttribute(String column) {
        return column == null ? null : OffsetDateTime.parse(column);
    }
}
