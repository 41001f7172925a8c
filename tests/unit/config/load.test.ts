import assert from "node:assert/strict";
import { rawConfiguration } from "../../../config/load";

describe("config/load", () => {
    it("takes the keys of this project alone, and structured values apart", () => {
        assert.deepEqual(
            rawConfiguration({
                "aws:region": "us-east-1",
                "iot-domains:hostedZone": "example.com",
                "iot-domains:regions": '{"us-east-1":{}}',
                "iot-domains:broken": "{not json",
            }),
            { hostedZone: "example.com", regions: { "us-east-1": {} }, broken: "{not json" },
        );
    });
});
