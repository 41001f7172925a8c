/** How AWS IoT says that there is none. */
export const missingResource = ["ResourceNotFoundException"];
