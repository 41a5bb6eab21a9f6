/**
 * For programs in Go, which most of the lab's are, and everything that they start: a fifth less processor time for some
 * memory, as long as that is there. https://go.dev/doc/gc-guide
 */
process.env["GOGC"] ??= "400";
process.env["GOMEMLIMIT"] ??= "3GiB";
