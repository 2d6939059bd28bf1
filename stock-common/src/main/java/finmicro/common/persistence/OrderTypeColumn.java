package finmicro.common.persistence;

import finmicro.common.trading.OrderType;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores an order type as VARCHAR(1), its code. */
@Converter(autoApply = true)
public class OrderTypeColumn implements AttributeConverter<OrderType, String> {

    @Override
    public String convertToDatabaseColumn(OrderType value) {
        return value == null ? null : value.code();
    }

    @Override
    public OrderType convertToEntityAttribute(String column) {
        return column == null ? null : OrderType.of(column);
    }
}
