import type { OperationContext, Operations } from "./context";
import { Refusal } from "./errors";
import { acceptInput } from "./models/input";
import { readModel, type ServiceModel } from "./models/model";
import { outputFaults } from "./models/output";
import { redact } from "./models/redaction";

/** Exceptions that every operation may answer, though few of AWS's models list them. */
const commonExceptions: ReadonlySet<string> = new Set([
    "AccessDenied",
    "AccessDeniedException",
    "InvalidParameterValue",
    "MalformedPolicyDocument",
    "ParamValidationError",
    "ThrottlingException",
    "ValidationError",
    "ValidationException",
]);

/** How a service is defined: by what its operations do, and by how it answers a malformed input. */
export interface ServiceDefinition {
    readonly operations: Operations;
    /** The exception for an input that breaks a limit of AWS's model. */
    readonly validationException: string;
}

/** A service: AWS's model of it in front of the code of its operations. */
export class Service {
    private readonly model: ServiceModel;

    constructor(
        readonly name: string,
        private readonly definition: ServiceDefinition,
    ) {
        this.model = readModel(name);
    }

    has(operation: string): boolean {
        return Object.hasOwn(this.model.operations, operation) && Object.hasOwn(this.definition.operations, operation);
    }

    get operationNames(): string[] {
        return Object.keys(this.definition.operations);
    }

    /**
     * The input as the operation's code takes it.
     *
     * @throws Refusal ParamValidationError for what the SDK would not send, else the service's own for broken limits
     */
    accept(operation: string, parameters: Record<string, unknown>): unknown {
        const { value, faults } = acceptInput(this.model, this.model.operations[operation]?.input, parameters);
        if (faults.client.length > 0) {
            throw new Refusal("ParamValidationError", `Parameter validation failed:\n${faults.client.join("\n")}`);
        }
        if (faults.service.length > 0) {
            const count = faults.service.length;
            const errors = count === 1 ? "1 validation error" : `${count} validation errors`;
            throw new Refusal(this.definition.validationException, `${errors} detected: ${faults.service.join("; ")}`);
        }
        return value;
    }

    /** Runs the operation, and holds its answer against AWS's model. */
    run(operation: string, input: unknown, context: OperationContext): unknown {
        const output = this.definition.operations[operation]?.(input as never, context) ?? {};
        const faults = outputFaults(this.model, this.model.operations[operation]?.output, output);
        if (faults.length > 0) {
            throw new Error(`${this.name}:${operation} answered in another shape than AWS: ${faults.join("; ")}`);
        }
        return output;
    }

    /** The parameters of a call without its secrets. */
    redact(operation: string, parameters: Record<string, unknown>): Record<string, unknown> {
        const input = this.model.operations[operation]?.input;
        return redact(this.model, input, parameters) as Record<string, unknown>;
    }

    /**
     * The HTTP status of an exception that the operation's code threw.
     *
     * @throws Error where AWS lists no such exception for the operation: the code must not make one up
     */
    statusOf(operation: string, refusal: Refusal): number {
        const listed = this.model.operations[operation]?.errors.includes(refusal.name) === true;
        if (!listed && refusal.statusCode === undefined && !commonExceptions.has(refusal.name)) {
            throw new Error(`AWS lists no exception ${refusal.name} for ${this.name}:${operation}`);
        }
        return refusal.statusCode ?? this.model.exceptions[refusal.name] ?? 400;
    }
}
