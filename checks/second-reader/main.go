// A second reader of Sluice's log, written with the packages that read Go's checksum database (golang.org/x/mod/sumdb): it
// fetches the checkpoint and the tiles over HTTP and verifies signature, root, inclusion and consistency. It shares nothing
// with Sluice but the public formats.
//
//	second-reader URL VKEY TOKEN [OLD-CHECKPOINT-FILE]
//
// URL is the log's prefix, TOKEN a credential for the entry bundles. Prints one line of what held; exits 1 at the first
// thing that does not.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type reader struct{ url, token string }

func (r reader) get(path string) ([]byte, error) {
	request, err := http.NewRequest("GET", r.url+path, nil)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(path, "/tile/entries/") {
		request.Header.Set("Authorization", "Bearer "+r.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

// path is where C2SP tlog-tiles puts a tile: as the checksum database does, without the height.
func path(tile tlog.Tile, entries bool) string {
	below := strings.TrimPrefix(tile.Path(), "tile/8/")
	if entries {
		below = "entries" + below[strings.Index(below, "/"):]
	}
	return "/tile/" + below
}

func (r reader) Height() int { return 8 }

func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := r.get(path(tile, false))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

func open(text []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.SplitN(opened.Text, "\n", 4)
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("the checkpoint is of another log"))
	}
	// The three lines of a checkpoint are those of the checksum database's tree note, but for the first.
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1] + "\n" + lines[2] + "\n"))
	check(err)
	return tree
}

func main() {
	r := reader{os.Args[1], os.Args[3]}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	text, err := r.get("/checkpoint")
	check(err)
	tree := open(text, verifier)
	// Every tile that comes through this reader is checked against the signed root.
	hashes := tlog.TileHashReader(tree, r)

	included := int64(0)
	for included < tree.N {
		width := min(256, tree.N-included)
		data, err := r.get(path(tlog.Tile{H: 8, L: 0, N: included / 256, W: int(width)}, true))
		check(err)
		for n := int64(0); n < width; n++ {
			length := binary.BigEndian.Uint16(data)
			leaf := tlog.RecordHash(data[2 : 2+length])
			data = data[2+length:]
			proof, err := tlog.ProveRecord(tree.N, included, hashes)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, included, leaf))
			included++
		}
		if len(data) != 0 {
			check(fmt.Errorf("an entry bundle has more in it than its width"))
		}
	}

	consistent := "no older checkpoint"
	if len(os.Args) > 4 {
		text, err := os.ReadFile(os.Args[4])
		check(err)
		old := open(text, verifier)
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		consistent = fmt.Sprintf("consistent with %d", old.N)
	}
	fmt.Printf("%d included, %s\n", included, consistent)
}
