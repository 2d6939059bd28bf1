package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;

/** CloudFormation's functions in their long form: an object of one field, the function's name. */
final class Intrinsic {

    private static final Set<String> FUNCTIONS = Set.of(
            "Ref",
            "Condition",
            "Fn::And",
            "Fn::Base64",
            "Fn::Cidr",
            "Fn::Equals",
            "Fn::FindInMap",
            "Fn::GetAtt",
            "Fn::GetAZs",
            "Fn::If",
            "Fn::ImportValue",
            "Fn::Join",
            "Fn::Not",
            "Fn::Or",
            "Fn::Select",
            "Fn::Split",
            "Fn::Sub");
    private static final JsonNode NO_VALUE =
            JsonNodeFactory.instance.objectNode().put("Ref", "AWS::NoValue");

    private Intrinsic() {}

    /** The long form of a tag such as {@code !Sub}; empty where there is no such function. */
    static Optional<String> ofShortTag(String tag) {
        var function = tag.substring(1);
        return Optional.of(Set.of("Ref", "Condition").contains(function) ? function : "Fn::" + function)
                .filter(FUNCTIONS::contains);
    }

    /** The function that a value is a call of, known or not; empty where it is a value of its own. */
    static Optional<String> of(JsonNode value) {
        if (!value.isObject() || value.size() != 1) {
            return Optional.empty();
        }
        var key = value.fieldNames().next();
        // A policy's condition has the same key, but is no text.
        var condition = key.equals("Condition") && value.get(key).isTextual();
        return Optional.of(key).filter(name -> name.equals("Ref") || name.startsWith("Fn::") || condition);
    }

    static boolean isKnown(String function) {
        return FUNCTIONS.contains(function);
    }

    /** Whether a value is as good as none, always or in a branch of {@code Fn::If}; null is none. */
    static boolean mayBeAbsent(JsonNode value) {
        if (value == null || value.equals(NO_VALUE)) {
            return true;
        }
        var branches = value.path("Fn::If");
        return branches.size() == 3 && (mayBeAbsent(branches.get(1)) || mayBeAbsent(branches.get(2)));
    }
}
