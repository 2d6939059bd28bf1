package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcServerTest {

    private static final Pattern FIELD = Pattern.compile("name=\"(\\w+)\" value=(['\"])(.*?)\\2>");

    private final HttpClient http = HttpClient.newHttpClient();
    private final OidcServer oidc =
            new OidcServer(Ports.free().of(Port.OIDC), Duration.ofMinutes(5), Path.of("src/main/resources/login.html"));

    @AfterEach
    void stop() {
        oidc.close();
    }

    @ParameterizedTest
    @CsvSource({"alice,trader", "bob,trader", "vera,viewer", "olga,operator"})
    void loginPageSignsInEachUserWithItsRole(String user, String role) throws Exception {
        URI authorize = URI.create(oidc.issuer() + "/authorize?response_type=code&client_id=" + OidcServer.PAGE_CLIENT
                + "&redirect_uri=http://127.0.0.1:1/&scope=openid&state=s&nonce=n");
        String form = Stream.of(send(HttpRequest.newBuilder(authorize)).body().split("</form>"))
                .filter(part -> part.contains("value=\"" + user + "\""))
                .map(OidcServerTest::fields)
                .findFirst()
                .orElseThrow();

        String callback =
                send(post(authorize, form)).headers().firstValue("location").orElseThrow();
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(callback);
        assertThat(code.find()).as(callback).isTrue();
        JWTClaimsSet claims = token("grant_type=authorization_code&redirect_uri=http://127.0.0.1:1/&client_id="
                + OidcServer.PAGE_CLIENT + "&code=" + code.group(1));

        assertThat(claims.getSubject()).isEqualTo(user);
        assertThat(claims.getStringListClaim("cognito:groups")).containsExactly(role);
        assertThat(List.of(oidc.environment().get("JWT_AUDIENCE").split(","))).containsAll(claims.getAudience());
    }

    @Test
    void clientGetsATokenForItselfWithTheRequestedScope() throws Exception {
        JWTClaimsSet claims =
                token("grant_type=client_credentials&client_id=alice&client_secret=any&scope=stock/trader");

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringClaim("scope")).isEqualTo("stock/trader");
        assertThat(claims.getAudience()).containsExactly(OidcServer.AUDIENCE);
    }

    private static String fields(String form) {
        return FIELD.matcher(form)
                .results()
                .map(field -> field.group(1) + "=" + encoded(field.group(3)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JWTClaimsSet token(String parameters) throws Exception {
        String response = send(post(oidc.tokenUri(), parameters)).body();
        return SignedJWT.parse(new ObjectMapper()
                        .readTree(response)
                        .path("access_token")
                        .asText())
                .getJWTClaimsSet();
    }

    private static HttpRequest.Builder post(URI uri, String form) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
