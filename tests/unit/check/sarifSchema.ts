import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";

const isUri = (text: string) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
const isReference = (text: string) => !/[\s\\]/.test(text);

/** Checks a log against the official schema of SARIF 2.1.0. */
const validate = new Ajv({
    allErrors: true,
    strict: false,
    // One pattern of the schema is none under the flag u.
    unicodeRegExp: false,
    formats: {
        uri: isUri,
        "uri-reference": isReference,
        "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
    },
}).compile(schema as object);

/** @throws {assert.AssertionError} with everything that the schema refuses. */
export function assertValidSarif(log: unknown): void {
    assert.ok(validate(log), JSON.stringify(validate.errors, null, 2));
}
