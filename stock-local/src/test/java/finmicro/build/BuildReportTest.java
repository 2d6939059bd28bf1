package finmicro.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildReportTest {

    private static final Instant BEGIN = Instant.parse("2020-05-26T09:00:00Z");
    private static final Map<String, String> FULL = Map.of("local.database", "mariadb", "chaos", "short");

    private static final String CANCEL = """
            <testsuite name="finmicro.system.CancelIT">
              <testcase name="openOrderIsCancelled" classname="finmicro.system.CancelIT"/>
              <testcase name="oddNumberIsRefused(String)[1]" classname="finmicro.system.CancelIT"/>
              <testcase name="oddNumberIsRefused(String)[2]" classname="finmicro.system.CancelIT"/>
            </testsuite>
            """;

    @TempDir
    Path module;

    private void report(String kind, String type, String xml, Instant written) throws IOException {
        var file = module.resolve("target").resolve(kind).resolve("TEST-" + type + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private BuildVerdict verdict() {
        return new BuildVerdict(TestReport.since(BEGIN, List.of(module)));
    }

    private void check(Map<String, String> properties, String table) {
        BuildReport.check(verdict(), properties, table, Set.of("ChaosIT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CancelIT",
                "Cancel*",
                "finmicro.system.CancelIT",
                "CancelIT#openOrderIsCancelled",
                "CancelIT#odd*+openOrderIsCancelled",
                "CancelIT,!FloodIT"
            })
    void integrationTestThatRanIsFound(String selection) throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);

        check(Map.of("it.test", selection, "local.database", "mariadb"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CancellIT", "CancelIT,TradeFlwIT", "CancelIT#openOrderIsCanceled", "Cancel", "AncelIT"})
    void mistypedIntegrationTestFailsTheBuild(String selection) throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);

        assertThatThrownBy(() -> check(Map.of("it.test", selection, "local.database", "mariadb"), ""))
                .hasMessageContaining("no integration test ran that matches -Dit.test: ");
    }

    @Test
    void reportOfAnEarlierBuildDoesNotCount() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN.minusSeconds(1));

        assertThatThrownBy(() -> check(Map.of("it.test", "CancelIT", "local.database", "mariadb"), ""))
                .hasMessageContaining("CancelIT");
        assertThatThrownBy(() -> check(FULL, "")).hasMessage("no integration test ran");
    }

    @Test
    void unitTestDoesNotCountAsIntegrationTest() throws IOException {
        report("surefire-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);

        assertThatThrownBy(() -> check(Map.of("it.test", "CancelIT", "local.database", "mariadb"), ""))
                .hasMessageContaining("CancelIT");
    }

    private static final String TABLE = "| 1 | what | right | `CancelIT.openOrderIsCancelled` |\n"
            + "| 2 | what | right | `CancelIT.oddNumberIsRefused` |\n";

    @Test
    void passedTestsProveTheRowsOfOldDefects() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);

        check(FULL, TABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testcase name=\"oddNumberIsRefused(String)[2]\" classname=\"finmicro.system.CancelIT\"><skipped/></testcase>",
                "<testcase name=\"oddNumberIsRefused(String)[2]\" classname=\"finmicro.system.CancelIT\"><failure/></testcase>",
            })
    void rowWithASkippedOrFailedTestFailsTheBuild(String test) throws IOException {
        report(
                "failsafe-reports",
                "finmicro.system.CancelIT",
                CANCEL.replace("</testsuite>", test + "</testsuite>"),
                BEGIN);

        assertThatThrownBy(() -> check(FULL, TABLE)).hasMessageEndingWith(": 2 (CancelIT.oddNumberIsRefused)");
    }

    @Test
    void rowWithoutATestRunFailsAFullBuildOnly() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);
        var table = TABLE + "| 3 | what | right | `CancelIT.disabledWithoutATrace` |\n";

        assertThatThrownBy(() -> check(FULL, table)).hasMessageEndingWith(": 3 (CancelIT.disabledWithoutATrace)");
        check(Map.of("it.test", "CancelIT", "local.database", "mariadb"), table);
    }

    @Test
    void eachTierProvesTheRowsOfItsOwnTests() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);
        var longTier = Map.of("local.database", "mariadb", "groups", "long");
        var table = TABLE + "| 3 | what | right | `ChaosIT.nothingIsLost` |\n";

        check(FULL, table);
        assertThatThrownBy(() -> check(longTier, table)).hasMessageEndingWith(": 3 (ChaosIT.nothingIsLost)");
        check(longTier, TABLE);
    }

    @Test
    void classWithTheTagIsALongTest() throws IOException {
        var sources = Files.createDirectories(module.resolve("src/test/java/finmicro"));
        Files.writeString(sources.resolve("SlowIT.java"), "package finmicro;\n\n@Tag(\"long\")\nclass SlowIT {}\n");
        Files.writeString(sources.resolve("QuickIT.java"), "package finmicro;\n\nclass QuickIT {}\n");

        assertThat(LongTests.of(List.of(module))).containsExactly("SlowIT");
    }

    @Test
    void skippedTestsAreOneLineWithReasons() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);
        report("failsafe-reports", "finmicro.ecs.ImageIT", """
                <testsuite>
                  <testcase name="imageIsBuilt" classname="finmicro.ecs.ImageIT">
                    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[\
                org.opentest4j.TestAbortedException: Assumption failed: SKIPPED: no container engine runs here
                	at org.junit.jupiter.api.Assumptions.throwAssumptionFailed(Assumptions.java:340)
                ]]></skipped></testcase>
                  <testcase name="imageIsSmall" classname="finmicro.ecs.ImageIT">
                    <skipped message="Assumption failed: SKIPPED: no container engine runs here"/></testcase>
                </testsuite>
                """, BEGIN);

        assertThat(verdict().skipped(List.of("MySQL: ./mvnw -Pmysql verify")))
                .isEqualTo("Skipped: ImageIT: no container engine runs here (2 tests); MySQL: ./mvnw -Pmysql verify");
    }

    @Test
    void nothingSkippedIsReported() throws IOException {
        report("failsafe-reports", "finmicro.system.CancelIT", CANCEL, BEGIN);

        assertThat(verdict().skipped(List.of())).isEqualTo("Skipped: nothing");
    }
}
