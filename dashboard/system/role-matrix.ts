/** What each role may do, out of the table from which the gateway makes its routes: nothing else is true of it. */
import { type Role, routes } from "../../config/roles.ts";
import { chapters, routeWords } from "../../config/route-words.ts";

interface Words {
	zh: string;
	en: string;
}

export interface MatrixRow {
	key: string; // "POST /orders/:id/hold"
	words: Words;
	changes: boolean; // it does more than show
	roles: readonly Role[];
}

export interface MatrixGroup {
	name: string;
	title: Words;
	rows: MatrixRow[];
}

/** Of people: what only programs may do, and what anybody may, is not in it. In the order of the documentation. */
export function roleMatrix(): MatrixGroup[] {
	const rows = routes.flatMap(({ method, path, roles }): (MatrixRow & { group: string })[] => {
		if (roles === "anyone" || !roles.length) return [];
		const key = `${method} ${path}`;
		const { zh, en } = routeWords[key] ?? { zh: key, en: key };
		return [{ group: path.split("/")[1] ?? "", key, words: { zh, en }, changes: method !== "GET", roles }];
	});
	const byGroup = Map.groupBy(rows, ({ group }) => group);
	return Object.entries(chapters).flatMap(([name, title]) => {
		const own = byGroup.get(name);
		return own ? [{ name, title, rows: own.map(({ group: _, ...row }) => row) }] : [];
	});
}
