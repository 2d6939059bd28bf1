package finmicro.items.attribute.control;

import finmicro.items.attribute.entity.StockAttribute;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Reads the stocks that can be traded. */
@ApplicationScoped
public class StockCatalogue {

    @PersistenceContext(unitName = "items")
    private EntityManager entities;

    /** Returns the stock with this code. */
    public Optional<StockAttribute> find(String stockCode) {
        return Optional.ofNullable(entities.find(StockAttribute.class, stockCode));
    }

    /** Returns all stocks, sorted by code. */
    public List<StockAttribute> all() {
        return entities.createQuery(
                        "SELECT s FROM StockAttribute s LEFT JOIN FETCH s.industry ORDER BY s.stockCode",
                        StockAttribute.class)
                .getResultList();
    }
}
