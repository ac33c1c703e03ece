/** One published or computed example of a signature or cipher, as the files of `npm run vectors` hold them. */
export interface Vector {
	name: string;
	algorithm: string;
	secret: string | null;
	expected: string; // in a file: also several results by name
	[input: string]: unknown;
}

/** What our code answers for a vector's input: one result, or several by name. By algorithm, as the files name it. */
export type VectorChecks = Readonly<Record<string, (vector: Vector) => string | Readonly<Record<string, string>>>>;
