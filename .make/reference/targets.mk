.PHONY: test-postgres bench soak

test-postgres: ## run the tests of the connector on the newer versions of PostgreSQL
	@.make/reference/test-postgres

bench: ## compare the connector with other queues; BENCH_ONLY=rows, BENCH_BASELINE=checkout, see docs/performance.md
	@.make/reference/bench

soak: ## send 100,000 messages while processes and the server are killed, and check each one; SOAK_MESSAGES=10000 for less, SOAK_SEED=n
	@.make/reference/soak
