package finmicro.common.lifecycle;

/** A task that must succeed before any worker starts. It is retried until it succeeds, without a limit. */
public interface Preparation {

    /** Its name in logs and in the health response. */
    String name();

    /** @throws Exception if it must be retried */
    void prepare() throws Exception;
}
