package dev.aegis.bench.spring;

import org.springframework.data.jpa.repository.JpaRepository;

interface ShieldRepository extends JpaRepository<Shield, Long> {}
