package finmicro.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;

/** CloudFormation's intrinsic functions in their long form: an object with one field, whose name is the function. */
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

    /** The long form of a tag such as {@code !Sub}; empty if the function is unknown. */
    static Optional<String> ofShortTag(String tag) {
        var function = tag.substring(1);
        return Optional.of(Set.of("Ref", "Condition").contains(function) ? function : "Fn::" + function)
                .filter(FUNCTIONS::contains);
    }

    /** The function called by this value, known or unknown; empty if the value is not a function call. */
    static Optional<String> of(JsonNode value) {
        if (!value.isObject() || value.size() != 1) {
            return Optional.empty();
        }
        var key = value.fieldNames().next();
        // The condition of a policy has the same key, but is not a string.
        var condition = key.equals("Condition") && value.get(key).isTextual();
        return Optional.of(key).filter(name -> name.equals("Ref") || name.startsWith("Fn::") || condition);
    }

    static boolean isKnown(String function) {
        return FUNCTIONS.contains(function);
    }

    /** Whether a value is null or AWS::NoValue, always or in a branch of {@code Fn::If}. */
    static boolean mayBeAbsent(JsonNode value) {
        if (value == null || value.equals(NO_VALUE)) {
            return true;
        }
        var branches = value.path("Fn::If");
        return branches.size() == 3 && (mayBeAbsent(branches.get(1)) || mayBeAbsent(branches.get(2)));
    }
}
