package finmicro.common.openapi;

import finmicro.common.access.CallerAccount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The schemas of one document. Every property is required, because every component of a record is, unless its description
 * begins with "Absent" and says when it is missing.
 */
final class Schemas {

    private static final String ABSENT = "Absent";
    private static final String COMPONENT = "#/components/schemas/";

    private final Map<String, Schema> components;

    Schemas(Map<String, Schema> components) {
        this.components = components;
    }

    void complete() {
        components.values().forEach(schema -> {
            Map<String, Schema> properties = properties(schema);
            if (!properties.isEmpty()) {
                schema.required(properties.keySet().stream()
                        .filter(name -> !begins(properties.get(name), ABSENT))
                        .toList());
                properties.values().forEach(Schemas::fix);
            }
        });
    }

    private static Map<String, Schema> properties(Schema schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    private static boolean begins(Schema property, String word) {
        return property.getDescription() != null && property.getDescription().startsWith(word);
    }

    /** Removes attributes that the server derives from annotations but that do not apply to the type. */
    static void fix(Schema schema) {
        if (schema.getRef() != null) {
            schema.type(null).examples(null);
        } else if (!is(schema, Schema.SchemaType.STRING)) {
            schema.pattern(null);
        }
        if (is(schema, Schema.SchemaType.INTEGER) && schema.getDefaultValue() instanceof String text) {
            schema.defaultValue(Long.valueOf(text));
        }
    }

    private static boolean is(Schema schema, Schema.SchemaType type) {
        return schema.getType() != null && schema.getType().contains(type);
    }

    /** An example of the schema, composed of the examples of its properties. */
    Object example(Schema schema) {
        if (schema.getRef() != null) {
            return example(components.get(schema.getRef().substring(COMPONENT.length())));
        }
        if (schema.getExamples() != null) {
            return schema.getExamples().get(0);
        }
        if (schema.getItems() != null) {
            return Collections.singletonList(example(schema.getItems()));
        }
        if (!is(schema, Schema.SchemaType.OBJECT)) {
            return null;
        }
        Map<String, Object> example = new LinkedHashMap<>();
        properties(schema).forEach((name, property) -> {
            if (isInExample(name, property)) {
                example.put(name, example(property));
            }
        });
        return example;
    }

    /** Omits properties that appear only later, and an optional account, because not every caller may set it. */
    private static boolean isInExample(String name, Schema property) {
        return !begins(property, ABSENT + " until")
                && !(name.equals(CallerAccount.PARAMETER) && begins(property, ABSENT));
    }
}
