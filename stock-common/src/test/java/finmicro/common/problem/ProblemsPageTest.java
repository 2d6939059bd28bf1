package finmicro.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsPageTest {

    private static final Path PAGE = Path.of("../docs/problems.md");

    @Test
    void pageHasEveryTypeAndNoOther() throws IOException {
        List<List<String>> types = rows("| type |", 4);

        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProblemType.values())
                        .map(type -> List.of(
                                "`" + type.word() + "`",
                                type.status() == 0 ? "any" : Integer.toString(type.status()),
                                type.title(),
                                type.meaning()))
                        .toList());
    }

    @Test
    void pageHasEveryMemberAndNoOther() throws IOException {
        assertThat(rows("| member |", 1).stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Problem.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> "`" + name + "`")
                        .toList());
    }

    /** Each example must be created by the factory method of its type. */
    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void exampleIsOfItsType(ProblemType type) {
        Problem example = type.example();

        assertThat(example.type()).isEqualTo(type.uri());
        assertThat(ProblemType.of(type.word())).isEqualTo(type);
        if (type.status() > 0) {
            assertThat(example.status()).isEqualTo(type.status());
            assertThat(example.title()).isEqualTo(type.title());
            assertThat(example.detail()).isNotBlank();
        }
    }

    /** The first columns of the table with this heading. */
    private static List<List<String>> rows(String heading, int columns) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith(heading))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.split("\\|"))
                        .skip(1)
                        .limit(columns)
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
