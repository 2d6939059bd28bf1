package finmicro.common.lifecycle;

/** What must have succeeded once before any worker starts; it is tried again until it does, however long that takes. */
public interface Preparation {

    /** Its name in logs and in the health answer. */
    String name();

    /** @throws Exception when it has to be tried again */
    void prepare() throws Exception;
}
