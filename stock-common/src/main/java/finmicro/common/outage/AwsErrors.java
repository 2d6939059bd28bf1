package finmicro.common.outage;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Classifies errors of AWS calls. An error caused by the request itself is permanent: a retry fails again. All other errors are
 * outages, including a missing permission, an expired token, and a queue or topic that does not exist: an operator fixes
 * those, and no message may be lost until then.
 */
final class AwsErrors {

    /**
     * Error codes of SQS, SNS and DynamoDB. {@code InvalidParameter} is missing on purpose: SNS returns it for a wrong topic
     * ARN in a batch call, which is a configuration error.
     */
    private static final Set<String> REQUEST_FAULTS = Set.of(
            "BatchEntryIdsNotDistinct",
            "BatchRequestTooLong",
            "ConditionalCheckFailedException",
            "EmptyBatchRequest",
            "InvalidAttributeName",
            "InvalidAttributeValue",
            "InvalidBatchEntryId",
            "InvalidIdFormat",
            "InvalidMessageContents",
            "InvalidParameterCombination",
            "InvalidParameterValue",
            "ItemCollectionSizeLimitExceededException",
            "MissingParameter",
            "ReceiptHandleIsInvalid",
            "SerializationException",
            "TooManyEntriesInBatchRequest",
            "UnsupportedOperation",
            "ValidationError",
            "ValidationException");

    private AwsErrors() {}

    static boolean isOutage(SdkException failure) {
        return !isRequestFault(failure) && !Outages.isCausedByFault(failure);
    }

    private static boolean isRequestFault(SdkException failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && REQUEST_FAULTS.contains(code(service.awsErrorDetails().errorCode()));
    }

    /** SQS prefixes some codes: {@code AWS.SimpleQueueService.BatchRequestTooLong}. */
    private static String code(String errorCode) {
        return errorCode == null ? "" : errorCode.substring(errorCode.lastIndexOf('.') + 1);
    }
}
