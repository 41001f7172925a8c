import { parseArn } from "../../../rules/arns";

/** What the real provider asks of an ARN: its form alone. */
export function arnFault(value: string): string | undefined {
    return value === "" || parseArn(value) !== undefined
        ? undefined
        : `(${value}) is an invalid ARN: arn: invalid prefix or not enough sections`;
}
