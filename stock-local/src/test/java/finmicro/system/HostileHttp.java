package finmicro.system;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mutations of a valid HTTP request, as by careless or malicious clients. */
final class HostileHttp {

    /** Methods to try on every path, described or not. */
    static final List<String> METHODS = List.of("HEAD", "OPTIONS", "GET", "CONNECT", "get");

    private static final List<String> MEDIA_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/vnd.x+json",
            "application/*",
            "*/*",
            "///",
            "a/b/c",
            "application",
            "application/",
            "/json",
            "",
            ",",
            ";",
            "q=1",
            "\u00ff\u00fe",
            "APPLICATION/JSON",
            "application/json, text/plain",
            "application/json;q=x",
            "application/json;q=",
            "application/json;q=2",
            "application/json;q=-1",
            "application/json;q=0",
            "application/json;;;",
            "application/json;charset",
            "application/json;charset=\"",
            "application/json;charset=UTF-16",
            "application/json;charset=none",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "application/x-www-form-urlencoded",
            "application/problem+json",
            "x".repeat(5_000) + "/y");

    private static final List<String> LANGUAGES = List.of(
            "",
            "-",
            "*;;",
            "ja;q=x",
            "ja;q=2",
            "\u00ff,,;",
            "ja-JP-" + "u".repeat(50),
            "x".repeat(3_000),
            "ja,".repeat(500));

    private static final List<String> HEADERS = List.of(
            "Accept-Charset: none",
            "Accept-Encoding: none, gzip;q=x",
            "Authorization: Basic \u00ff",
            "Authorization: Bearer x",
            "Content-Encoding: gzip",
            "Content-Encoding: none",
            "Content-Language: \u00ff;;",
            "Cookie: ;;==;\u00ff",
            "Cookie: $Version=x; a=\"",
            "Date: x",
            "Expect: 100-continue",
            "Expect: none",
            "Forwarded: for=x;;",
            "Host: another.example:99999999",
            "Host: localhost\r\nHost: another.example",
            "If-Match: *",
            "If-Modified-Since: x",
            "If-None-Match: \"",
            "Origin: null",
            "Range: bytes=9-1",
            "Referer: \u0001",
            "TE: trailers",
            "Trailer: Content-Length",
            "Upgrade: websocket",
            "X-Forwarded-For: \u00ff",
            "X-Forwarded-Proto: none",
            "X-HTTP-Method-Override: DELETE",
            "X: a\u0000b",
            "X: a\r\n  folded",
            "X: " + "y".repeat(20_000),
            "baggage: %zz=;;",
            "traceparent: 00-zz",
            "traceparent: " + "9".repeat(900),
            "tracestate: ===,,,");

    private static final List<String> QUERIES = List.of(
            "&",
            "=",
            "&&==&?&",
            "%",
            "%zz",
            "%00",
            "%FF=%FE",
            "\u00ff",
            "a=1&a=2&a=",
            "limit=1&limit=2",
            "stockCode=A002&stockCode=Z999",
            "<script>=1",
            "{x}=[y]|^`",
            "_method=DELETE",
            ";jsessionid=1",
            "x=" + "y".repeat(8_000),
            "a=1&".repeat(2_000));

    /** Appended to the path. */
    private static final List<String> PATHS = List.of(
            "/",
            "//",
            "/x",
            ".json",
            ";a=b",
            "%20",
            "%41",
            "%2e",
            "%5C",
            "%2F",
            "%23",
            "\\",
            "#x",
            "%FF%FE",
            "%ED%A0%80",
            "%7B%7D",
            "{x}",
            "[",
            "|^`\"<script>",
            "\u00ff",
            "'%20OR%201=1",
            "/" + "9".repeat(400),
            "/a".repeat(2_000));

    /** Mutations that result in a valid HTTP message, by description. */
    static final Map<String, UnaryOperator<HttpCall>> ODD = odd();

    /** Mutations that result in an invalid HTTP message, which only the server itself sees. */
    static final Map<String, UnaryOperator<HttpCall>> MALFORMED = malformed();

    private HostileHttp() {}

    private static Map<String, UnaryOperator<HttpCall>> odd() {
        Map<String, UnaryOperator<HttpCall>> odd = new LinkedHashMap<>();
        MEDIA_TYPES.forEach(type -> odd.put("Content-Type " + brief(type), header("Content-Type: " + type)));
        MEDIA_TYPES.forEach(type -> odd.put("Accept " + brief(type), header("Accept: " + type)));
        LANGUAGES.forEach(language -> odd.put("languages " + brief(language), header("Accept-Language: " + language)));
        HEADERS.forEach(line -> odd.put(brief(line), header(line)));
        QUERIES.forEach(query -> odd.put("query " + brief(query), call -> call.withQuery(query)));
        PATHS.forEach(path -> odd.put("path " + brief(path), call -> call.withPath(call.path() + path)));
        odd.put("path //", path(path -> "/" + path.replace("/", "//")));
        odd.put("path /./", path(path -> path.replaceFirst("/", "/./")));
        odd.put("path in capitals", path(String::toUpperCase));
        odd.put("absolute path", path(path -> "http://localhost" + path));
        odd.put("200 headers", call -> call.withHeader(headers(200)));
        odd.put(
                "path %2e and an unpaired quote",
                call -> call.withPath(call.path() + "%2e").withHeader("Content-Type: application/json;charset=\""));
        odd.put("chunked", HostileHttp::chunked);
        odd.put("chunked without chunks", header("Transfer-Encoding: chunked"));
        return Collections.unmodifiableMap(odd);
    }

    private static Map<String, UnaryOperator<HttpCall>> malformed() {
        Map<String, UnaryOperator<HttpCall>> malformed = new LinkedHashMap<>();
        List.of("%", "%zz", "%00", "\u0000", "/../../../..", "/%2e%2e/%2e%2e", ";a=../..", "%0D%0AX:%20y", " x")
                .forEach(path -> malformed.put("path " + path, call -> call.withPath(call.path() + path)));
        malformed.put("long path", call -> call.withPath(call.path() + "/" + "x".repeat(40_000)));
        malformed.put("no leading slash", call -> call.withPath(call.path().substring(1)));
        malformed.put("no path", call -> call.withPath(""));
        malformed.put("path *", call -> call.withPath("*"));
        malformed.put("long query", call -> call.withQuery("x".repeat(40_000)));
        malformed.put("no method", call -> call.withMethod(""));
        malformed.put("long method", call -> call.withMethod("X".repeat(40_000)));
        List.of("no colon", ": no name", "two words: x", "X\u0000: x", "X: " + "y".repeat(40_000), headers(600))
                .forEach(line -> malformed.put(brief(line), header(line)));
        malformed.put("no length", header("Content-Length: -1"));
        malformed.put("huge length", header("Content-Length: 99999999999999999999"));
        return Collections.unmodifiableMap(malformed);
    }

    private static UnaryOperator<HttpCall> header(String line) {
        return call -> call.withHeader(line);
    }

    /** Does not change an absolute path, because that would change the scheme too. */
    private static UnaryOperator<HttpCall> path(UnaryOperator<String> change) {
        return call -> call.path().startsWith("/") ? call.withPath(change.apply(call.path())) : call;
    }

    private static HttpCall chunked(HttpCall call) {
        byte[] body = call.body() == null ? new byte[0] : call.body();
        String chunk = Integer.toHexString(body.length) + "\r\n" + new String(body, StandardCharsets.UTF_8) + "\r\n";
        return call.withHeader("Transfer-Encoding: chunked").withBody((body.length == 0 ? "" : chunk) + "0\r\n\r\n");
    }

    private static String headers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X" + i + ": y").collect(Collectors.joining("\r\n"));
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "... (" + text.length() + ")";
    }
}
