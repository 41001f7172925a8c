import { ExampleFile, type ExampleResource, type ExampleValue } from "../../policies/framework/rule";
import { exampleFile } from "./exampleFiles";
import type { TestResource } from "./packProcess";

/** A resource of a rule's examples, with the files' texts in their places. */
export function withFiles({ type, name, protect, properties }: ExampleResource): TestResource & { name: string } {
    return { type, name, protect, properties: replaceFiles(properties) as Record<string, unknown> };
}

function replaceFiles(value: ExampleValue | ExampleResource["properties"]): unknown {
    if (value instanceof ExampleFile) {
        return exampleFile(value.fileName);
    }
    if (Array.isArray(value)) {
        return value.map((member: ExampleValue) => replaceFiles(member));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value as Record<string, ExampleValue>).map(([name, member]) => [
                  name,
                  replaceFiles(member),
              ]),
          )
        : value;
}
