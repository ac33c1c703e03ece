/** CRC-32C (Castagnoli), the optional checksum of OP_MSG. Source: MongoDB wire protocol, RFC 4960 appendix B. */
const POLYNOMIAL = 0x82f63b78; // reflected

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? POLYNOMIAL ^ (crc >>> 1) : crc >>> 1;
	return crc >>> 0;
});

export function crc32c(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}
