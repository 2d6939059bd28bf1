package finmicro.common.access;

import finmicro.common.problem.Problem;
import finmicro.common.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.stream.Stream;

/** Admits callers that have one of the roles of the resource method. Errors are reported as defined by RFC 6750. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {

    private static final String BEARER = "Bearer";

    @Inject
    private AccessConfig config;

    @Inject
    private Tokens tokens;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (config.trusted().isEmpty()) {
            request.setSecurityContext(Caller.ANONYMOUS);
        } else if (!method.isAnnotationPresent(PermitAll.class)) {
            admit(request, method);
        }
    }

    private void admit(ContainerRequestContext request, Method method) {
        String token = token(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (token.isEmpty()) {
            refuse(
                    request,
                    Problem.unauthorized("An access token is required. Sign in and send it as a bearer token."),
                    BEARER);
            return;
        }
        try {
            Caller caller = tokens.caller(token);
            request.setSecurityContext(caller);
            if (roles(method).noneMatch(caller::isUserInRole)) {
                String required = String.join(" or ", roles(method).toList());
                refuse(
                        request,
                        Problem.forbidden("This operation requires the role %s. Ask an administrator to assign it."
                                .formatted(required)),
                        BEARER + " error=\"insufficient_scope\"");
            }
        } catch (ProblemException e) {
            refuse(request, e.problem(), BEARER + " error=\"invalid_token\"");
        }
    }

    /** The token of {@code Bearer <token>}; empty if there is none. */
    private static String token(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER + " ", 0, 7)
                ? authorization.substring(7).strip()
                : "";
    }

    /** The roles that the method admits. Empty without an annotation: then every caller is refused. */
    private static Stream<String> roles(Method method) {
        RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
        return allowed == null ? Stream.empty() : Stream.of(allowed.value());
    }

    private static void refuse(ContainerRequestContext request, Problem problem, String challenge) {
        Response.ResponseBuilder refusal = Response.fromResponse(problem.response());
        if (problem.status() != 503) {
            refusal.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        request.abortWith(refusal.build());
    }
}
