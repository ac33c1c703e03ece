import type { ServerResponse } from "node:http";
import express, { type Request, type Response } from "express";
import type { IncomingRequest } from "moleculer-web";
import { hasBody, isJson } from "./request.ts";

/** How a JSON body is read. Compressed ones are refused: a small one may be a very large one. */
export const jsonBody = (limitMb: number) => ({
	limit: `${limitMb}mb`,
	type: isJson as (req: object) => boolean,
	strict: true,
	inflate: false,
});

const parsers = new Map<number, ReturnType<typeof express.json>>();

/** Reads a body that may be larger than others. @throws PAYLOAD_TOO_LARGE, BAD_BODY by the parser's own types */
export async function readLargeBody(limitMb: number, req: IncomingRequest, res: ServerResponse): Promise<void> {
	if (!hasBody(req) || !isJson(req)) return; // express 4 would call it an empty object
	const parser = parsers.get(limitMb) ?? express.json(jsonBody(limitMb));
	parsers.set(limitMb, parser);
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const request = req as unknown as Request;
	parser(request, res as Response, (err?: unknown) => (err ? reject(err) : resolve()));
	await promise;
	req.$params = { ...req.$params, body: request.body };
}
