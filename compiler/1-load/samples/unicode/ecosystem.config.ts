export default /* 😀 */ { "grüße": "é", 名前: "値", emoji: "😀😀", after: 1, separator: " ", last: 2 };
