import { samplePlaces } from "../../../rules/routing/samplePlaces";
import type { DataPlaneDescription } from "../../dataPlane";
import type { ServedDomain } from "./domains";

/** The file with the certificates to trust, in the sandbox's folder. */
export const publicRootsFile = "public-roots.pem";

/** The device that the commands make. */
const name = "sensor-1";

const topic = `devices/${name}/hello`;

/** Lets the device be itself and speak below a topic of its own: what else it tries is refused. */
const devicePolicy = {
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Action: ["iot:Connect", "iot:Publish", "iot:Subscribe", "iot:Receive"],
            Resource: [`client/${name}*`, `topic/devices/${name}/*`, `topicfilter/devices/${name}/*`].map(
                (each) => `arn:aws:iot:*:*:${each}`,
            ),
        },
    ],
};

/**
 * Commands that try a served domain out with clients that people have: they can be pasted into a shell, in this order.
 *
 * The device is registered in every region of the domain, so that it is let in wherever DNS leads it.
 *
 * @param folder Where they run: it has the file with the certificates to trust, and takes a device's key
 */
export function commandsToTry(
    { domainName, regions }: ServedDomain,
    { dns, awsEndpointUrl, proxy, endpoints }: DataPlaneDescription,
    folder: string,
): string[] {
    const served = endpoints.filter(({ region }) => regions.includes(region));
    const [endpoint] = served;
    if (endpoint === undefined) {
        return [];
    }
    const { ports } = endpoint;
    const network = samplePlaces[0]?.network.replace(/\/.*/, "/24") ?? "";
    const keys = "--cert device.pem --key device.key";
    const mosquitto = `--proxy $proxy -h ${domainName} -p 8883 --cafile ${publicRootsFile} ${keys} -q 1 -t ${topic}`;
    const subscribe = `mosquitto_sub ${mosquitto} -i ${name}-screen -c`;
    return [
        // Here a device's key is not committed by mistake.
        `cd "${folder}"`,
        `export AWS_ENDPOINT_URL=${awsEndpointUrl} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_PAGER=`,
        `proxy=socks5h://${proxy.address}:${proxy.port}`,
        `dig @${dns.address} -p ${dns.port} ${domainName} +subnet=${network}`,
        `openssl s_client -connect 127.0.0.1:${ports[8883]} -servername ${domainName} -CAfile ${publicRootsFile} -verify_return_error -brief < /dev/null`,
        `openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=${name} -keyout device.key -out device.pem`,
        `for region in ${served.map((each) => each.region).join(" ")}; do`,
        `  aws --region $region iot create-policy --policy-name ${name} --policy-document '${JSON.stringify(devicePolicy)}'`,
        "  arn=$(aws --region $region iot register-certificate-without-ca --certificate-pem file://device.pem --status ACTIVE --query certificateArn --output text)",
        `  aws --region $region iot attach-policy --policy-name ${name} --target "$arn"`,
        "done",
        // A session that lasts keeps for the last command what the commands between send.
        `${subscribe} -E`,
        `mosquitto_pub ${mosquitto} -i ${name} -m 'hello by MQTT'`,
        `curl --proxy $proxy --cacert ${publicRootsFile} ${keys} -d 'hello by HTTPS' "https://${domainName}:8443/topics/${topic}?qos=1"`,
        "printf 'hello by the AWS CLI' > hello.txt",
        ...served.map(
            (each) =>
                `aws --region ${each.region} iot-data publish --endpoint-url https://127.0.0.1:${each.ports[443]} --no-verify-ssl --topic ${topic} --qos 1 --payload fileb://hello.txt`,
        ),
        `${subscribe} -v -C 3 -W 10`,
    ];
}
