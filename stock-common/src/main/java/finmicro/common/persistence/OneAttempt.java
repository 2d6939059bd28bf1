package finmicro.common.persistence;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Disables EclipseLink's query retries, so that an unavailable or overloaded database results in a 503 after the pool's timeout
 * of two seconds. By default EclipseLink retries three times, with two sleeps of five seconds, and blocks the request's thread.
 * Retries are not needed for stale connections, because the pool validates them.
 */
public final class OneAttempt implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
