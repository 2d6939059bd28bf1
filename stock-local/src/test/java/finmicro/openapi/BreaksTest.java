package finmicro.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreaksTest {

    private static final String PROMISED = """
            openapi: 3.1.0
            info: {title: a service, version: "1.0"}
            paths:
              /things/{no}:
                post:
                  parameters:
                  - {name: no, in: path, required: true, schema: {type: integer, format: int64}}
                  - {name: limit, in: query, required: false, schema: {type: integer, maximum: 200}}
                  requestBody:
                    content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
                  responses:
                    "200":
                      description: the thing
                      content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
                    "422":
                      description: not possible
              /things:
                get:
                  responses:
                    "200": {description: all of them}
            components:
              schemas:
                Wish:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, pattern: "[a-z]{1,9}"}
                    colour: {type: string, enum: [RED, BLUE]}
                Thing:
                  type: object
                  required: [price]
                  properties:
                    price: {type: number}
                    note: {type: string}
                    parts: {type: array, items: {$ref: "#/components/schemas/Part"}}
                Part:
                  type: object
                  properties:
                    weight: {type: integer, format: int64}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an answered field is gone       | price: {type: number} | cost: {type: number}",
                "an optional one is gone         | note: {type: string} | text: {type: string}",
                "one inside a list is gone       | weight: {type: integer | mass: {type: integer",
                "a field may be absent now       | required: [price] | required: []",
                "an answered type is another     | price: {type: number} | price: {type: string}",
                "an answered number is smaller   | weight: {type: integer, format: int64} | weight: {type: integer, format: int32}",
                "a field is wanted               | required: [name] | required: [name, colour]",
                "a parameter is wanted           | in: query, required: false | in: query, required: true",
                "a parameter is called otherwise | name: limit | name: most",
                "less is taken                   | maximum: 200 | maximum: 100",
                "another form is wanted          | {1,9} | {1,5}",
                "a choice is gone                | [RED, BLUE] | [RED]",
                "an answer is gone               | `\"422\"` | `\"409\"`",
                "an operation is gone            | /things: | /objects:",
                "the path is another             | /things/{no}: | /thing/{no}:",
            })
    void changeThatBreaksOldClientsIsSeen(String change, String from, String to) {
        assertThat(PROMISED).contains(from);
        assertThat(Breaks.between(PROMISED, PROMISED.replace(from, to)))
                .as(change)
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field more is answered | note: {type: string} | note: {type: string}, more: {type: string}",
                "a field more is taken    | colour: { | size: {type: integer}, colour: {",
                "a schema is renamed      | Thing | Object",
                "it is told otherwise     | the thing | that thing",
            })
    void changeThatOldClientsDoNotSeeIsNone(String change, String from, String to) {
        String newer = PROMISED.replace(from, to.replace("}, ", "}\n        "));

        assertThat(PROMISED).contains(from);
        assertThat(Breaks.between(PROMISED, newer)).as(change).isEmpty();
    }

    @Test
    void parameterMoreThatIsWantedIsSeen() {
        String limit = "- {name: limit";
        String newer = PROMISED.replace(
                limit, "- {name: account, in: query, required: true, schema: {type: string}}\n      " + limit);

        assertThat(Breaks.between(PROMISED, newer)).containsExactly("POST /things/{no}");
    }
}
