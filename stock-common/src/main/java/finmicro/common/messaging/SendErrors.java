package finmicro.common.messaging;

import finmicro.common.messaging.Undelivered.Cause;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Classifies error codes of SQS and SNS by cause: the message, the destination, or a transient failure. Only a code known to be
 * about a message's content counts as such, because a wrong IAM policy, an expired token or a deleted queue affects every message.
 */
public final class SendErrors {

    /** Codes of a single entry in a successful call. */
    private static final Set<String> ENTRY_CONTENT = Set.of(
            "InvalidMessageContents",
            "InvalidParameterValue",
            "InvalidParameterValueException",
            "InvalidParameter",
            "InvalidParameterException",
            "ParameterValueInvalid",
            "MessageTooLong");

    /** Codes of a whole call. Without InvalidParameter, because SNS also returns it for a wrong topic. */
    private static final Set<String> CALL_CONTENT = Set.of("InvalidMessageContents", "BatchRequestTooLong");

    private static final Pattern DESTINATION = Pattern.compile(
            "(?i).*(denied|authoriz|unauthenticated|token|signature|accesskey|optin|kms|notfound|nonexistent|doesnotexist).*");

    private SendErrors() {}

    /**
     * Why a batch call rejected an entry.
     *
     * @param code the entry's error code, with or without a namespace prefix
     */
    static Cause cause(String code, boolean senderFault) {
        if (DESTINATION.matcher(code).matches()) {
            return Cause.DESTINATION;
        }
        return senderFault && ENTRY_CONTENT.contains(simple(code)) ? Cause.MESSAGE : Cause.BUSY;
    }

    /** Whether a call failed because of a message's content. Any other failure is an outage. */
    public static boolean isAboutContent(SdkException failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorCode() != null
                && CALL_CONTENT.contains(simple(service.awsErrorDetails().errorCode()));
    }

    /** {@code AWS.SimpleQueueService.BatchRequestTooLong} becomes {@code BatchRequestTooLong}. */
    private static String simple(String code) {
        return code.substring(code.lastIndexOf('.') + 1);
    }
}
