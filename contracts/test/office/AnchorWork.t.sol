// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBatchAnchor} from "../../interfaces/IBatchAnchor.sol";
import {AgencyWork} from "./AgencyWork.t.sol";

/// @title Batches are anchored
abstract contract AnchorWork is AgencyWork {
    struct Anchored {
        bytes18 agency;
        bytes32 root;
        IBatchAnchor.Record record;
    }

    uint40 private constant LARGEST = 2 ** 32;

    /// @dev The type that every agency is entitled to.
    bytes21 private immutable _certificateType;

    Anchored[] internal anchored;
    mapping(bytes18 agency => mapping(bytes32 root => bool)) internal isAnchored;

    /// @notice What the log's head should be: the fold of all records.
    bytes32 public head;

    constructor(bytes21 certificateType) {
        _certificateType = certificateType;
    }

    function anchor(uint256 who, uint256 seed, uint40 size, uint8 suite) public virtual {
        IBatchAnchor.Batch memory batch = _batch(seed, size);
        suite %= 4;
        uint256 allowed = suite == 1 || suite == 2 ? _mayAnchor(batch) : 0;
        bytes memory call = abi.encodeCall(log.anchor, (_certificateType, 1, suite, batch));
        if (_act(who, allowed, address(log), call)) _enter(batch, suite);
    }

    function anchorTwo(uint256 who, uint256 seed, uint256 otherSeed, uint40 size) public virtual {
        IBatchAnchor.Batch[] memory two = new IBatchAnchor.Batch[](2);
        two[0] = _batch(seed, size);
        two[1] = _batch(otherSeed, size);
        uint256 allowed = two[0].root == two[1].root ? 0 : _mayAnchor(two[0]) & _mayAnchor(two[1]);
        bytes memory call = abi.encodeCall(log.anchorMany, (_certificateType, 1, 1, two));
        if (!_act(who, allowed, address(log), call)) return;
        _enter(two[0], 1);
        _enter(two[1], 1);
    }

    /// @notice How many batches there should be.
    function batchCount() external view returns (uint256) {
        return anchored.length;
    }

    /// @dev Compares every record with the books: none ever changes once written.
    function _compareRecords() internal {
        for (uint256 i = 0; i < anchored.length; i++) _compareRecord(i);
    }

    /// @dev Few roots, so that the same one comes up again; few batches too small or too large.
    function _batch(
        uint256 seed,
        uint40 size
    ) internal view virtual returns (IBatchAnchor.Batch memory) {
        bytes32 root = seed % 50 == 0 ? bytes32(0) : keccak256(abi.encode(seed % 50));
        if (size % 8 != 0) size = 1 + (size % 200);
        return IBatchAnchor.Batch(root, size, seed % 2 == 0 ? bytes32(0) : bytes32(seed));
    }

    function _mayAnchor(IBatchAnchor.Batch memory batch) private view returns (uint256 set) {
        if (batch.root == 0 || batch.size == 0 || batch.size > LARGEST) return 0;
        for (uint256 i = 0; i < 6; i++) {
            if (!isAnchored[agencies[i]][batch.root]) set |= _operatorsOf(agencies[i]);
        }
    }

    function _enter(IBatchAnchor.Batch memory batch, uint8 suite) private {
        bytes18 agency = operators[actor].agency;
        isAnchored[agency][batch.root] = true;
        IBatchAnchor.Record memory record = IBatchAnchor.Record({
            certificateType: _certificateType,
            schemaVersion: 1,
            size: batch.size,
            suite: suite,
            time: uint64(block.timestamp),
            sequence: uint64(anchored.length + 1)
        });
        anchored.push(Anchored(agency, batch.root, record));
        head = _folded(anchored[anchored.length - 1], batch.manifestHash);
        _compareRecord(anchored.length - 1);
    }

    function _compareRecord(uint256 which) private {
        Anchored storage batch = anchored[which];
        _expect(log.sizeOf(batch.agency, batch.root) == batch.record.size);
        _expect(
            keccak256(abi.encode(log.recordOf(batch.agency, batch.root))) ==
                keccak256(abi.encode(batch.record))
        );
    }

    function _folded(Anchored memory batch, bytes32 manifest) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("liangzheng/batch-anchor/1"),
                    block.chainid,
                    address(log),
                    batch.record.sequence,
                    batch.agency,
                    batch.root,
                    batch.record.certificateType,
                    batch.record.schemaVersion,
                    batch.record.size,
                    batch.record.suite,
                    batch.record.time,
                    manifest,
                    head
                )
            );
    }
}
