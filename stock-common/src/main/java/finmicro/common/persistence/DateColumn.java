package finmicro.common.persistence;

import finmicro.common.time.JapanTime;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.LocalDate;

/** Stores a date as INT yyyyMMdd. */
@Converter(autoApply = true)
public class DateColumn implements AttributeConverter<LocalDate, Integer> {

    @Override
    public Integer convertToDatabaseColumn(LocalDate value) {
        return value == null ? null : JapanTime.number(value);
    }

    @Override
    public LocalDate convertToEntityAttribute(Integer column) {
        return column == null ? null : JapanTime.date(column);
    }
}
