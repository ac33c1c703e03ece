/** A shape of the server's as it comes in JSON: times are ISO texts. */
export type AsJson<T> = T extends Date
	? string
	: T extends readonly (infer Each)[]
		? AsJson<Each>[]
		: T extends object
			? { [Key in keyof T]: AsJson<T[Key]> }
			: T;
