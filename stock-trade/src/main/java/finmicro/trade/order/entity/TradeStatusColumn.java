package finmicro.trade.order.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Maps a trade status to its code, a VARCHAR(1). */
@Converter(autoApply = true)
public class TradeStatusColumn implements AttributeConverter<TradeStatus, String> {

    @Override
    public String convertToDatabaseColumn(TradeStatus value) {
        return value == null ? null : value.code();
    }

    @Override
    public TradeStatus convertToEntityAttribute(String column) {
        return column == null ? null : TradeStatus.of(column);
    }
}
