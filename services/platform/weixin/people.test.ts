import { expect, it } from "vitest";
import { withoutPeople } from "./people.ts";

it("masks people wherever they stand in a document, and nothing else", () => {
	const document = {
		order_id: "3720293415509954816",
		tel_number: 13800001234,
		details: { desc: "不想要了", tel_number: "13800001234" },
		deliveries: [
			{ address_info: { user_name: "王小明", city_name: "深圳市", detail_info: "科技园路 1 号", house_number: "" } },
		],
		numbers: ["13800001234", null, true],
	};
	expect(withoutPeople(document)).toEqual({
		order_id: "3720293415509954816",
		tel_number: "*******1234",
		details: { desc: "不想要了", tel_number: "*******1234" },
		deliveries: [{ address_info: { user_name: "王**", city_name: "深圳市", detail_info: "****", house_number: "" } }],
		numbers: ["13800001234", null, true],
	});
});

it("leaves what is masked already as it is", () => {
	const masked = { user_name: "张*", tel_number: "138****0000", detail_info: "****" };
	expect(withoutPeople(masked)).toEqual(masked);
});
