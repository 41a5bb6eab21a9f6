package lib.images_test

import data.lib.fixtures_test as fixtures
import data.lib.images

repositories := {
	"nginx": "docker.io/library/nginx",
	"nginx:1.29": "docker.io/library/nginx",
	"grafana/grafana:12": "docker.io/grafana/grafana",
	"ghcr.io/acme/web:1@sha256:ab": "ghcr.io/acme/web",
	"registry:5000/web": "registry:5000/web",
	"localhost/web:1": "localhost/web",
}

test_repositories_are_read_as_runtimes_do if {
	every image, repository in repositories {
		images.repository(image) == repository
	}
}

test_a_place_holds_itself_and_what_is_below if {
	images.within("ghcr.io/acme/web:1", ["ghcr.io/acme"])
	images.within("ghcr.io/acme/web:1", ["ghcr.io/acme/"])
	images.within("redis:8", ["docker.io/library/redis"])
}

test_a_place_ends_at_a_slash if {
	not images.within("ghcr.io/acme-evil/web", ["ghcr.io/acme"])
	not images.within("ghcr.io.evil.example/acme/web", ["ghcr.io"])
	not images.within("evil.example/ghcr.io/acme/web", ["ghcr.io/acme"])
	not images.within("ghcr.io/acme/web", [])
}

test_only_a_whole_sha256_is_a_digest if {
	images.has_digest(concat("@", ["web:1", fixtures.digest]))
	not images.has_digest("web@sha256:ab")
	not images.has_digest("web:sha256")
}
