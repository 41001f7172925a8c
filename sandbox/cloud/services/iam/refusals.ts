import { Refusal } from "../../errors";

/** IAM's exceptions, each with what it says. @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export const refusal = {
    noSuchEntity: (message: string) => new Refusal("NoSuchEntityException", message),
    alreadyExists: (message: string) => new Refusal("EntityAlreadyExistsException", message),
    deleteConflict: (message: string) => new Refusal("DeleteConflictException", message),
    limitExceeded: (message: string) => new Refusal("LimitExceededException", message),
    malformedPolicy: (message: string) => new Refusal("MalformedPolicyDocumentException", message),
    invalidInput: (message: string) => new Refusal("InvalidInputException", message),
};
