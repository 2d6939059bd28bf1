package finmicro.common.persistence;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Has a query that gets no connection fail at once, so that a database that is away or overloaded is a 503 after the
 * pool's two seconds. EclipseLink of itself tries it three times more, and sleeps five seconds before two of them, while
 * it holds the request's thread. A connection that went stale in the pool needs no second attempt: the pool tests it.
 */
public final class OneAttempt implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
