package finmicro.trade.account.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores an account effect as its code, a CHAR(1). */
@Converter(autoApply = true)
public class AccountEffectColumn implements AttributeConverter<AccountEffect, String> {

    @Override
    public String convertToDatabaseColumn(AccountEffect value) {
        return value == null ? null : value.code();
    }

    @Override
    public AccountEffect convertToEntityAttribute(String column) {
        return column == null ? null : AccountEffect.of(column);
    }
}
