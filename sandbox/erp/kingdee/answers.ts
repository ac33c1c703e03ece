import { type Answer, json } from "../../target.ts";

/** Kingdee answers with HTTP 200 whatever happened. Source: 金蝶云星空 WebAPI, ResponseStatus. */
export interface Problem {
	FieldName: string | null;
	Message: string;
	DIndex: number; // of the bill in a batch
}

export interface Entity {
	Id: number;
	Number: string;
	DIndex: number;
}

/** 1 the session is lost, 11 a bill is not valid, 14 too many calls. */
export type MsgCode = 0 | 1 | 11 | 14;

export const problem = (Message: string, FieldName: string | null = null): Problem => ({
	FieldName,
	Message,
	DIndex: 0,
});

/** A call went through for some bills, and not for others: both stand in the answer. */
export function said(entities: readonly Entity[], problems: readonly Problem[] = [], more: object = {}): Answer {
	return json(200, resultOf(entities, problems, problems.length ? 11 : 0, more));
}

export const refused = (problems: readonly Problem[], code: MsgCode = 11): Answer =>
	json(200, resultOf([], problems, code, {}));

/** Queries answer with a list of rows; their errors come inside two lists. */
export const queryRefused = (problems: readonly Problem[], code: MsgCode = 11): Answer =>
	json(200, [[resultOf([], problems, code, {})]]);

function resultOf(entities: readonly Entity[], problems: readonly Problem[], MsgCode: MsgCode, more: object): object {
	const ResponseStatus = {
		...(problems.length ? { ErrorCode: 500 } : {}),
		IsSuccess: problems.length === 0,
		Errors: problems,
		SuccessEntitys: entities,
		SuccessMessages: [],
		MsgCode,
	};
	const [first] = problems.length ? [] : entities;
	return { Result: { ResponseStatus, ...(first ? { Id: first.Id, Number: first.Number } : {}), ...more } };
}
