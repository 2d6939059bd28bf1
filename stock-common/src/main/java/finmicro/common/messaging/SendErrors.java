package finmicro.common.messaging;

import finmicro.common.messaging.Undelivered.Cause;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sorts the error codes of SQS and SNS by what is wrong: the message, or anything else. Only a code that is known to be about
 * a message's content counts as such. A wrong IAM policy, an expired token or a deleted queue is no fault of any message.
 */
public final class SendErrors {

    /** Of one entry, in an answer to a call that was let in. */
    private static final Set<String> ENTRY_CONTENT = Set.of(
            "InvalidMessageContents",
            "InvalidParameterValue",
            "InvalidParameterValueException",
            "InvalidParameter",
            "InvalidParameterException",
            "ParameterValueInvalid",
            "MessageTooLong");

    /** Of a call. Not InvalidParameter: SNS answers it for a wrong topic too. */
    private static final Set<String> CALL_CONTENT = Set.of("InvalidMessageContents", "BatchRequestTooLong");

    private static final Pattern DESTINATION = Pattern.compile(
            "(?i).*(denied|authoriz|unauthenticated|token|signature|accesskey|optin|kms|notfound|nonexistent|doesnotexist).*");

    private SendErrors() {}

    /**
     * Why a batch call did not take one of its entries.
     *
     * @param code the entry's error code, with or without a name space before it
     */
    static Cause cause(String code, boolean senderFault) {
        if (DESTINATION.matcher(code).matches()) {
            return Cause.DESTINATION;
        }
        return senderFault && ENTRY_CONTENT.contains(simple(code)) ? Cause.MESSAGE : Cause.BUSY;
    }

    /** Whether a call failed for the content of a message in it. Any other failure is an outage. */
    public static boolean isAboutContent(SdkException failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorCode() != null
                && CALL_CONTENT.contains(simple(service.awsErrorDetails().errorCode()));
    }

    /** {@code AWS.SimpleQueueService.BatchRequestTooLong} is {@code BatchRequestTooLong}. */
    private static String simple(String code) {
        return code.substring(code.lastIndexOf('.') + 1);
    }
}
