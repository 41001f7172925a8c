import { during } from "../../../sandbox/providers/framework/failures";
import { block, flag, integer, json, list, set, tagMap, text } from "../../../sandbox/providers/framework/properties";
import type { Inputs, State } from "../../../sandbox/providers/framework/properties";
import type { FunctionType, ProviderDefinition, ResourceType } from "../../../sandbox/providers/framework/resources";
import { waitUntil } from "../../../sandbox/providers/framework/waiting";

const properties = {
    name: text({ replaces: true, automaticName: { maximumLength: 20 } }),
    label: text({ required: true }),
    kind: text({ default: "plain", oneOf: ["plain", "fancy"] }),
    size: integer(),
    places: set(text()),
    steps: list(text()),
    tags: tagMap(),
    policy: json(),
    lid: block({ colour: text({ replaces: true }), tight: flag() }),
    owner: text({ computed: true }),
    password: text({ secret: true }),
    key: text({ secret: true, writeOnly: true }),
    keyVersion: integer(),
    waitsFor: text(),
    arn: text({ readOnly: true }),
    token: text({ readOnly: true, secret: true }),
};

type Box = Inputs<typeof properties>;

/** A provider of boxes on a shelf, small enough to see through: what the framework does is all there is to see. */
export class Shelf {
    readonly boxes = new Map<string, State<typeof properties>>();
    /** Keys that the boxes were made with, which nothing else keeps. */
    readonly keys: string[] = [];

    readonly provider: ProviderDefinition<{ readonly cancelled: AbortSignal; readonly timeout?: number }> = {
        name: "shelf",
        version: "1.0.0",
        configuration: { owner: text({ required: true }), limits: block({ boxes: integer() }), strict: flag() },
        resources: { "shelf:index/box:Box": this.box() },
        functions: { "shelf:index/count:count": this.count() },
        configure: async () => ({
            prepare: (_properties, inputs) => inputs,
            open: (scope) => scope,
            close: () => undefined,
        }),
    };

    private box(): ResourceType<{ readonly cancelled: AbortSignal; readonly timeout?: number }> {
        const { boxes, keys } = this;
        return {
            title: "Box",
            properties,
            relations: { conflicts: { size: ["steps"] }, needs: { key: ["keyVersion"] } },
            async create(_context, inputs) {
                const given = inputs as Box;
                if (given.label === "refused") {
                    throw new Error("the shelf is full");
                }
                keys.push(...(given.key === undefined ? [] : [given.key]));
                boxes.set(given.name, { label: given.label, size: given.size, tags: given.tags });
                return { id: given.name };
            },
            async settle(context, _id, inputs) {
                const { waitsFor, label } = inputs as Box;
                if (label === "unfinished") {
                    throw new Error("the lid does not fit");
                }
                if (waitsFor !== undefined) {
                    const patience = { timeout: context.timeout ?? 60_000, cancelled: context.cancelled };
                    await during(
                        "waiting for the box",
                        waitUntil(patience, async () => ({ pending: "still open" })),
                    );
                }
            },
            async read(_context, id) {
                const found = boxes.get(id);
                return found && { name: id, ...found, owner: "shelf", arn: `arn:${id}`, token: `token of ${id}` };
            },
            async update(_context, id, { inputs, changed }) {
                const { label, size, tags } = inputs as Box;
                boxes.set(id, { label: changed("label") ? label : boxes.get(id)?.label, size, tags });
            },
            async delete(_context, id) {
                boxes.delete(id);
            },
        };
    }

    private count(): FunctionType<unknown> {
        return {
            properties: { label: text({ required: true }) },
            call: async (_context, { label }) => ({
                boxes: [...this.boxes.values()].filter((box) => box.label === label).length,
            }),
        };
    }
}
