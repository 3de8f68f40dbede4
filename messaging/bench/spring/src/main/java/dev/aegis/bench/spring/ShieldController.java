package dev.aegis.bench.spring;

import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/shields")
class ShieldController {

    private final ShieldRepository shields;

    ShieldController(ShieldRepository shields) {
        this.shields = shields;
    }

    @GetMapping("/{id}")
    ShieldResponse get(@PathVariable long id) {
        return shields.findById(id)
                .map(ShieldResponse::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no shield " + id));
    }

    @PostMapping
    ResponseEntity<ShieldResponse> add(@Valid @RequestBody CreateShieldRequest request) {
        var shield = shields.save(request.toShield());
        return ResponseEntity.created(URI.create("/shields/" + shield.getId())).body(ShieldResponse.of(shield));
    }
}
