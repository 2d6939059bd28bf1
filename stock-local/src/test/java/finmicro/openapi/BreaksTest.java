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
                "a response field is removed     | price: {type: number} | cost: {type: number}",
                "an optional one is removed      | note: {type: string} | text: {type: string}",
                "one in a list is removed        | weight: {type: integer | mass: {type: integer",
                "a field becomes optional        | required: [price] | required: []",
                "a response type changes         | price: {type: number} | price: {type: string}",
                "a response number gets smaller  | weight: {type: integer, format: int64} | weight: {type: integer, format: int32}",
                "a request field is required     | required: [name] | required: [name, colour]",
                "a parameter is required         | in: query, required: false | in: query, required: true",
                "a parameter is renamed          | name: limit | name: most",
                "a maximum gets smaller          | maximum: 200 | maximum: 100",
                "a pattern gets stricter         | {1,9} | {1,5}",
                "an enum value is removed        | [RED, BLUE] | [RED]",
                "a response is removed           | `\"422\"` | `\"409\"`",
                "an operation is removed         | /things: | /objects:",
                "the path changes                | /things/{no}: | /thing/{no}:",
            })
    void changeThatBreaksOldClientsIsFound(String change, String from, String to) {
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
                "a response field is added | note: {type: string} | note: {type: string}, more: {type: string}",
                "a request field is added  | colour: { | size: {type: integer}, colour: {",
                "a schema is renamed       | Thing | Object",
                "the description changes   | the thing | that thing",
            })
    void compatibleChangeIsNotReported(String change, String from, String to) {
        String newer = PROMISED.replace(from, to.replace("}, ", "}\n        "));

        assertThat(PROMISED).contains(from);
        assertThat(Breaks.between(PROMISED, newer)).as(change).isEmpty();
    }

    @Test
    void newRequiredParameterIsFound() {
        String limit = "- {name: limit";
        String newer = PROMISED.replace(
                limit, "- {name: account, in: query, required: true, schema: {type: string}}\n      " + limit);

        assertThat(Breaks.between(PROMISED, newer)).containsExactly("POST /things/{no}");
    }
}
