package finmicro.common.persistence;

import finmicro.common.time.JapanTime;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.LocalTime;

/** Stores a time as VARCHAR HH:mm:ss. */
@Converter(autoApply = true)
public class TimeColumn implements AttributeConverter<LocalTime, String> {

    @Override
    public String convertToDatabaseColumn(LocalTime value) {
        return value == null ? null : JapanTime.text(value);
    }

    @Override
    public LocalTime convertToEntityAttribute(String column) {
        return column == null ? null : LocalTime.parse(column, JapanTime.TIME);
    }
}
