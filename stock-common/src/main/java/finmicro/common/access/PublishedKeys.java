package finmicro.common.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JWK set (RFC 7517) of a provider. Unsupported keys are skipped, as section 5 of the RFC recommends. By default nimbus
 * rejects the whole set if it has an EC key on an unknown curve, or an RSA key without a modulus, and then no token could be
 * verified.
 *
 * @param keys the supported keys, possibly none
 * @param skipped one line per skipped key, with its key ID and the reason
 */
record PublishedKeys(JWKSet keys, Set<String> skipped) {

    /** @throws ParseException if the text is not a JWK set */
    static PublishedKeys parse(String json) throws ParseException {
        List<Object> published = JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(json), "keys");
        if (published == null) {
            throw new ParseException("the member keys is missing", 0);
        }
        List<JWK> keys = new ArrayList<>();
        Set<String> skipped = new LinkedHashSet<>();
        for (Object key : published) {
            try {
                keys.add(JWK.parse(object(key)));
            } catch (ParseException | RuntimeException e) {
                // nimbus throws IllegalArgumentException for some invalid keys.
                skipped.add("kid=" + keyId(key) + " reason=" + e.getMessage());
            }
        }
        return new PublishedKeys(new JWKSet(keys), skipped);
    }

    private static Map<String, Object> object(Object key) throws ParseException {
        if (key instanceof Map<?, ?> members) {
            Map<String, Object> object = new HashMap<>();
            members.forEach((name, value) -> object.put(String.valueOf(name), value));
            return object;
        }
        throw new ParseException("not a JSON object", 0);
    }

    private static Object keyId(Object key) {
        return key instanceof Map<?, ?> object ? object.get("kid") : null;
    }
}
