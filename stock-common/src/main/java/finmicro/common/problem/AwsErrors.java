package finmicro.common.problem;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The errors of AWS calls that are about the request itself: the same request fails every time. All others are outages, among
 * them a missing permission, an expired token, and a queue or topic that does not exist: an operator fixes those, and the
 * messages must survive until then.
 */
final class AwsErrors {

    /**
     * Error codes of SQS, SNS and DynamoDB. Not {@code InvalidParameter}: of a batch call SNS says so of the topic's ARN, which is
     * configuration.
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

    /** SQS still calls some of its errors {@code AWS.SimpleQueueService.BatchRequestTooLong}. */
    private static String code(String errorCode) {
        return errorCode == null ? "" : errorCode.substring(errorCode.lastIndexOf('.') + 1);
    }
}
