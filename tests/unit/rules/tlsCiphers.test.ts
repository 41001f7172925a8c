import assert from "node:assert/strict";
import { keyExchanges, type ServerKeyType } from "../../../rules/tlsCiphers";

describe("the key exchanges of a security policy in TLS 1.2", () => {
    const cases: ReadonlyArray<readonly [policy: string, keyType: ServerKeyType, exchanges: string[]]> = [
        ["IoTSecurityPolicy_TLS13_1_3_2022_10", "RSA", []],
        ["IoTSecurityPolicy_TLS13_1_2_2022_10", "RSA", ["ECDHE", "RSA"]],
        ["IoTSecurityPolicy_TLS13_1_2_2022_10", "ECDSA", ["ECDHE"]],
        ["IoTSecurityPolicy_TLS12_1_0_2016_01", "RSA", ["ECDHE", "RSA"]],
        ["IoTSecurityPolicy_TLS12_1_0_2015_01", "RSA", ["ECDHE", "RSA", "DHE"]],
        ["IoTSecurityPolicy_TLS12_1_0_2015_01", "ECDSA", ["ECDHE"]],
        ["IoTSecurityPolicy_of_tomorrow", "RSA", []],
    ];
    for (const [policy, keyType, exchanges] of cases) {
        it(`are ${exchanges.join(", ") || "none"} for ${policy} and a key of ${keyType}`, () => {
            assert.deepEqual([...keyExchanges(policy, 8883, keyType)], exchanges);
        });
    }
});
