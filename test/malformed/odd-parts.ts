/** Parts of requests that are wrong in themselves. Bytes above 127 stand for themselves (latin1). */

export const oddIds: readonly string[] = [
	"%",
	"%zz",
	"%00",
	"%c0%af", // an overlong slash
	"%ff%fe",
	"%ed%a0%80", // half of a surrogate pair
	"..",
	"%2e%2e%2f",
	"a%2Fb",
	"%0d%0aX:1",
	":",
	"[$ne]",
	";x=1",
	"\xff\xfe",
	"*",
];

export const oddMethods: readonly string[] = [
	"OPTIONS",
	"HEAD",
	"TRACE",
	"CONNECT",
	"PROPFIND",
	"get",
	"PRI",
	"",
	"GET\t",
	"G\0T",
	"A".repeat(5_000),
];

/** Those that say how the body is sent come without one. */
export const oddFramings: readonly string[] = [
	"content-length: -1",
	"content-length: 1e3",
	"content-length: 5, 5",
	"content-length: 99999999999999999999",
	"transfer-encoding: chunked, gzip",
	"transfer-encoding: xchunked",
	"transfer-encoding : chunked",
];

export const oddHeaders: readonly string[] = [
	"expect: 200-ok",
	"expect: 100-continue",
	"upgrade: websocket\r\nconnection: upgrade",
	"upgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\nconnection: upgrade, http2-settings",
	"host: other",
	"x: \0",
	"x\0y: 1",
	"x: \x7f\xff\xfe",
	": no name",
	" folded: 1",
	"no colon",
	`accept-language: ${"zh;q=9,".repeat(900)}`,
	"accept-language: ;;q=;,,",
	`content-type: application/json; charset=${oddIds.join("")}`,
	"content-type: ;;;",
	...["gzip", "br", "deflate", "zstd", "identity, gzip", "\xff"].map((coding) => `content-encoding: ${coding}`),
	...[0, 1, 201, 400].map((length) => `idempotency-key: ${"k".repeat(length)}`),
	...['"', "*", 'W/"1"', "\xff", '"1", "2"', "{}"].map((tag) => `if-match: ${tag}`),
	"if-none-match: *",
	`x-request-id: ${"\xe4".repeat(20)}`,
	"x-correlation-id: {}",
	"authorization: Bearer a.b.c",
	`authorization: bearer\t${"x".repeat(5_000)}`,
	`cookie: ${"a=1;".repeat(2_000)}`,
	"range: bytes=0-,-1",
	"content-range: bytes 0-1/2",
	"x-http-method-override: DELETE",
	`x-forwarded-for: ${"1.2.3.4,".repeat(500)}`,
	`${"many: 1\r\n".repeat(1_900)}end: 1`,
];

export const notJson: readonly string[] = [
	"{",
	"[",
	'"',
	"{]",
	"nul",
	"'a'",
	"{a:1}",
	'{"a":01}',
	'{"a":1,}',
	'{"a":"\n"}',
	"\xef\xbb\xbf{}",
	"\xff\xfe{\0}\0",
	'{"a":"\\u12"}',
	"NaN",
	"1",
	'"text"',
	"[]",
	"null",
	"\0",
];

export const oddChunks: readonly string[] = [
	"2\r\n{}\r\n0\r\n\r\n",
	"zz\r\n{}\r\n0\r\n\r\n",
	"-1\r\n{}\r\n",
	"ffffffffffffffffff\r\n{}",
	"2;a=b;c\r\n{}\r\n0\r\nx: y\r\n\r\n",
	"2\r\n{}",
	"2\r\n{}0\r\n\r\n",
	"0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
	`2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
	"2\n{}\n0\n\n",
];

/** What comes to a port by mistake: TLS, HTTP/2, versions there are not. */
export const otherProtocols: readonly string[] = [
	"",
	"\x16\x03\x01\x02\0\x01",
	"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	"GET / HTTP/0.9\r\n\r\n",
	"GET / HTTP/9.9\r\n\r\n",
	"\r\n".repeat(50),
	"GET /\r\n\r\n",
];
