import { NormalizedSchema } from "@smithy/core/schema";
import type {
    SchemaRef,
    SchemaTraitsObject,
    StaticListSchema,
    StaticMapSchema,
    StaticStructureSchema,
} from "@smithy/types";
import type { ServiceModel, Shape } from "../cloud/models/model";
import type { WireMember, WireModel } from "./models/wireModel";

/** The SDK's schemas of types that have no parts; see SCHEMA in `@smithy/core/schema`. */
const simple: Partial<Record<Shape["type"], number>> = {
    string: 0,
    integer: 1,
    long: 1,
    float: 1,
    double: 1,
    boolean: 2,
    timestamp: 4,
    blob: 21,
};

function memberTraits(name: string, member: WireMember = {}): SchemaTraitsObject {
    const { location, locationName = name } = member;
    const bound: Record<string, SchemaTraitsObject> = {
        uri: { httpLabel: 1 },
        querystring: { httpQuery: locationName },
        header: { httpHeader: locationName },
        statusCode: { httpResponseCode: 1 },
    };
    const written = {
        ...(locationName === name ? {} : { jsonName: locationName, xmlName: locationName }),
        ...(member.flattened === true ? { xmlFlattened: 1 as const } : {}),
        ...(member.xmlAttribute === true ? { xmlAttribute: 1 as const } : {}),
    };
    return location === undefined ? written : (bound[location] ?? {});
}

/**
 * AWS's shapes as schemas of the AWS SDK for JavaScript, so that the SDK's own codecs read what it writes and write what
 * it reads.
 *
 * @see https://smithy.io/2.0/spec/protocol-traits.html
 */
export class Schemas {
    private readonly made = new Map<string, SchemaRef>();

    constructor(
        private readonly model: ServiceModel,
        private readonly wire: WireModel,
    ) {}

    /** The schema of a shape. */
    of(name: string): NormalizedSchema {
        return NormalizedSchema.of(this.reference(name));
    }

    /** The schema of some of a structure's members: those that stand in the body of a request, say. */
    structure(name: string, includes: (member: WireMember) => boolean): NormalizedSchema {
        return NormalizedSchema.of(this.makeStructure(name, includes));
    }

    /** What stands for a shape in another one's schema. Shapes may contain themselves, so parts are found when needed. */
    reference(name: string): SchemaRef {
        const schema = this.made.get(name) ?? this.make(name);
        this.made.set(name, schema);
        return schema;
    }

    private makeStructure(name: string, includes: (member: WireMember) => boolean = () => true): StaticStructureSchema {
        const written = this.wire.shapes?.[name]?.members ?? {};
        const members = Object.entries(this.model.shapes[name]?.members ?? {}).filter(([member]) =>
            includes(written[member] ?? {}),
        );
        return [
            3,
            "aws",
            name,
            0,
            members.map(([member]) => member),
            members.map(([member, target]) => [() => this.reference(target), memberTraits(member, written[member])]),
        ] as unknown as StaticStructureSchema;
    }

    private make(name: string): SchemaRef {
        const shape = this.model.shapes[name];
        if (shape === undefined) {
            throw new Error(`AWS's model has no shape ${name}`);
        }
        const written = this.wire.shapes?.[name] ?? {};
        const traits = written.flattened === true ? { xmlFlattened: 1 } : 0;
        const part = (target = "", xmlName?: string) => [
            () => this.reference(target),
            xmlName === undefined ? 0 : { xmlName },
        ];
        if (shape.type === "structure") {
            return this.makeStructure(name);
        }
        if (shape.type === "list") {
            return [1, "aws", name, traits, part(shape.member, written.member)] as unknown as StaticListSchema;
        }
        if (shape.type === "map") {
            const parts = [part(shape.key, written.key), part(shape.value, written.value)];
            return [2, "aws", name, traits, ...parts] as unknown as StaticMapSchema;
        }
        return simple[shape.type] as SchemaRef;
    }
}
