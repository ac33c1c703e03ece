/** After-sales as SAL_RETURNSTOCK: what comes back, or only the money as a line of a service. */
import type { KindDriver } from "../driver.ts";
import { ask } from "../steps.ts";
import { outcomeOf } from "./answers.ts";
import { headOf, missingIn, numberIn, returnStock } from "./bill.ts";
import { billsOf, found } from "./find.ts";
import { billBooking, returnForm } from "./form.ts";
import { saveOptions } from "./order.ts";
import { save } from "./web-api.ts";

export const aftersale: KindDriver = {
	numberOf: (document) => numberIn(headOf(document), returnStock.numberField),
	missing: (document) => missingIn(returnStock, document),
	form: () => returnForm,
	booking: (document) => billBooking(returnStock, document),

	*send(document) {
		return outcomeOf(yield* ask(save(returnStock.formId, { ...saveOptions, ...document })));
	},

	*find(number) {
		const [bill] = yield* billsOf(returnStock, number);
		return found(bill);
	},
};
