package finmicro.trade.page.entity;

import finmicro.common.access.TrustedIssuer;
import finmicro.common.config.Settings;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How users sign in: OIDC authorization code flow with PKCE.
 *
 * @param issuer the OIDC provider
 * @param clientId the client id of the page
 * @param scope the requested scopes, separated by spaces
 */
@Schema(description = "How users sign in: OIDC authorization code flow with PKCE")
public record SignIn(
        @Schema(examples = "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Ab12Cd34E")
        String issuer,

        @Schema(examples = "1example23456789") String clientId,

        @Schema(examples = "openid") String scope) {

    /** Reads {@code PAGE_CLIENT_ID} and {@code PAGE_SCOPE}. */
    public static SignIn of(Settings settings, TrustedIssuer trusted) {
        return new SignIn(
                trusted.issuer(),
                settings.required("PAGE_CLIENT_ID"),
                settings.optional("PAGE_SCOPE").orElse("openid"));
    }
}
