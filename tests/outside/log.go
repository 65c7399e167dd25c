// log SOURCE VKEY CERTIFICATES SEED
//
// Reads a log with golang.org/x/mod/sumdb, an implementation of signed notes and tiled Merkle trees
// that nobody here wrote. SOURCE is the log's address or a folder with its files, CERTIFICATES a
// folder with NUMBER.tlog-proof files. Checks the signed head, the inclusion of 1,000 entries
// through the tiles, the proof beside every certificate, and consistency between 20 sizes, each to
// each; and that one changed bit is refused every time. Prints one JSON line.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height  = 8
	width   = 1 << height
	entries = 1000
	sizes   = 20
)

type source string

func (s source) read(path string) ([]byte, error) {
	if !strings.HasPrefix(string(s), "http") {
		return os.ReadFile(filepath.Join(string(s), path))
	}
	answer, err := http.Get(string(s) + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// The path of C2SP tlog-tiles: three digits a group, all but the last behind an x.
func number(n int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	return path
}

func partial(w int) string {
	if w == width {
		return ""
	}
	return ".p/" + strconv.Itoa(w)
}

func (s source) Height() int { return height }

func (s source) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := fmt.Sprintf("tile/%d/%s%s", tile.L, number(tile.N), partial(tile.W))
		bytes, err := s.read(path)
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (s source) SaveTiles([]tlog.Tile, [][]byte) {}

// The entry with this index in a log of so many.
func (s source) entry(index, size int64) ([]byte, error) {
	w := size - index/width*width
	if w > width {
		w = width
	}
	bytes, err := s.read("tile/entries/" + number(index/width) + partial(int(w)))
	if err != nil {
		return nil, err
	}
	for skip := index % width; ; skip-- {
		length := int(binary.BigEndian.Uint16(bytes))
		if skip == 0 {
			return bytes[2 : 2+length], nil
		}
		bytes = bytes[2+length:]
	}
}

func head(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || copy(tree.Hash[:], root) != tlog.HashSize {
		return tree, fmt.Errorf("not a root: %s", lines[2])
	}
	return tree, nil
}

// One bit of a hash turned over.
func changed(hash tlog.Hash, random *rand.Rand) tlog.Hash {
	hash[random.Intn(len(hash))] ^= 1 << random.Intn(8)
	return hash
}

func included(proof tlog.RecordProof, tree tlog.Tree, index int64, hash tlog.Hash, random *rand.Rand) error {
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash); err != nil {
		return fmt.Errorf("entry %d: %v", index, err)
	}
	if tlog.CheckRecord(proof, tree.N, tree.Hash, index, changed(hash, random)) == nil {
		return fmt.Errorf("entry %d: a changed leaf is included too", index)
	}
	return nil
}

// A C2SP tlog-proof file.
func proven(path string, verifier note.Verifier, random *rand.Rand) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines, checkpoint, _ := strings.Cut(string(text), "\n\n")
	tree, err := head([]byte(checkpoint), verifier)
	if err != nil {
		return err
	}
	var entry []byte
	var index int64
	var proof tlog.RecordProof
	for n, line := range strings.Split(lines, "\n") {
		word, value, _ := strings.Cut(line, " ")
		switch {
		case n == 0 && line == "c2sp.org/tlog-proof@v1":
		case word == "extra":
			entry, err = base64.StdEncoding.DecodeString(value)
		case word == "index":
			index, err = strconv.ParseInt(value, 10, 64)
		default:
			var hash tlog.Hash
			var bytes []byte
			bytes, err = base64.StdEncoding.DecodeString(line)
			copy(hash[:], bytes)
			proof = append(proof, hash)
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %v", path, n+1, err)
		}
	}
	return included(proof, tree, index, tlog.RecordHash(entry), random)
}

func run() (map[string]int64, error) {
	from := source(os.Args[1])
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		return nil, err
	}
	seed, err := strconv.ParseInt(os.Args[4], 10, 64)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewSource(seed))
	text, err := from.read("checkpoint")
	if err != nil {
		return nil, err
	}
	tree, err := head(text, verifier)
	if err != nil {
		return nil, err
	}
	hashes := tlog.TileHashReader(tree, from)

	for n := 0; n < entries; n++ {
		index := random.Int63n(tree.N)
		entry, err := from.entry(index, tree.N)
		if err != nil {
			return nil, err
		}
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return nil, err
		}
		if err := included(proof, tree, index, tlog.RecordHash(entry), random); err != nil {
			return nil, err
		}
	}

	files, err := filepath.Glob(filepath.Join(os.Args[3], "*.tlog-proof"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := proven(file, verifier, random); err != nil {
			return nil, err
		}
	}

	var known []int64
	for n := 0; n < sizes; n++ {
		known = append(known, 1+random.Int63n(tree.N))
	}
	sort.Slice(known, func(a, b int) bool { return known[a] < known[b] })
	known[sizes-1] = tree.N
	pairs := int64(0)
	for at, old := range known {
		oldRoot, err := tlog.TreeHash(old, hashes)
		if err != nil {
			return nil, err
		}
		for _, size := range known[at:] {
			root, err := tlog.TreeHash(size, hashes)
			if err != nil {
				return nil, err
			}
			proof, err := tlog.ProveTree(size, old, hashes)
			if err != nil {
				return nil, err
			}
			if err := tlog.CheckTree(proof, size, root, old, oldRoot); err != nil {
				return nil, fmt.Errorf("%d to %d: %v", old, size, err)
			}
			if tlog.CheckTree(proof, size, root, old, changed(oldRoot, random)) == nil {
				return nil, fmt.Errorf("%d to %d: a changed root is consistent too", old, size)
			}
			pairs++
		}
	}
	return map[string]int64{
		"size": tree.N, "entries": entries, "proofs": int64(len(files)), "pairs": pairs,
	}, nil
}

func main() {
	found, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(found)
}
