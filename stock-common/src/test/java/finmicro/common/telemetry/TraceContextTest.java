package finmicro.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    @Test
    void traceparentIsConvertedToAContextAndBack() {
        String text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        assertThat(TraceContext.text(TraceContext.of(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1, 53995c3f42cd8ad8, 01",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0, 53995c3f42cd8ad8, 00",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=?, 53995c3f42cd8ad8, 01",
        "Root=1-5759e988-bd862e3fe1be46a994272793, e1be46a994272793, 01",
        "Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793, e1be46a994272793, 01"
    })
    void xrayHeaderIsParsed(String header, String parent, String flags) {
        assertThat(TraceContext.text(TraceContext.ofXRay(header)))
                .isEqualTo("00-5759e988bd862e3fe1be46a994272793-" + parent + "-" + flags);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Root=",
                "Root=2-5759e988-bd862e3fe1be46a994272793",
                "Root=1-5759e988-bd862e3fe1be46a99427279z",
                "Parent=53995c3f42cd8ad8"
            })
    void invalidTraceContextIsTheRoot(String text) {
        assertThat(TraceContext.of(text)).isSameAs(Context.root());
        assertThat(TraceContext.ofXRay(text)).isSameAs(Context.root());
        assertThat(TraceContext.text(Context.root())).isNull();
    }
}
